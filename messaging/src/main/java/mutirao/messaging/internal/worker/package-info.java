/// The process that consumes and serves nothing: `java -jar application.jar consumer`.
@NullMarked
package mutirao.messaging.internal.worker;

import org.jspecify.annotations.NullMarked;
