/// The AsyncAPI 3.0 document of what an application publishes and handles, made from its annotations.
@NullMarked
package mutirao.messaging.internal.asyncapi;

import org.jspecify.annotations.NullMarked;
