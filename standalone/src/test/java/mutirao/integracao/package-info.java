/// Mutirão and its neighbours, over a real broker.
package mutirao.integracao;
