/// Another system; outside of the packages that Mutirão looks for its own beans in.
package vizinho;
