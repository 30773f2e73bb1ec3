/**
 * What the user asked for: keys of a configuration file and flags of the command line, checked
 * before any work starts.
 *
 * <p>In: YAML text and flags. Out: {@link io.edgefrontier.config.Settings}, in which every value is
 * valid.
 */
package io.edgefrontier.config;
