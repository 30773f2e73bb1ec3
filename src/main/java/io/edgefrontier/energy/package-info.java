/**
 * Energy as a machine's own sensors tell it: RAPL counters, current monitors, a discharging
 * battery.
 *
 * <p>In: a sensor specification and the root of a {@code /sys} tree. Out: joules of a window of
 * time, or the reason why there are none. Nothing here is modelled, and nothing unknown is 0.
 */
package io.edgefrontier.energy;
