/**
 * Labelled samples, split into a training and a validation part; every source gives the same split
 * every time.
 */
package io.edgefrontier.dataset;
