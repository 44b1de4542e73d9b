/// A tree of the product's shape in which every rule of `ArquiteturaTest` is broken once, so that each is seen red.
package quebrado;
