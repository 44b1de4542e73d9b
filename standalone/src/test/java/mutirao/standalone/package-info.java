/// The embedded database, killed and started again in real processes.
package mutirao.standalone;
