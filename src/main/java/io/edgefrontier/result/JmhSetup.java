package io.edgefrontier.result;

/**
 * How JMH ran one entry of its file; what an older JMH did not write is empty.
 *
 * @param jmhVersion such as {@code 1.37}
 * @param jdkVersion such as {@code 17.0.15}
 * @param vmName such as {@code OpenJDK 64-Bit Server VM}
 * @param vmVersion such as {@code 17.0.15+6-Debian-1deb12u1}
 * @param threads that called at the same time (JMH's {@code -t}), as spelled in the file
 * @param warmup iterations and their time, such as {@code 5 x 10 s}
 * @param measurement the same of the measurement
 */
public record JmhSetup(
    String jmhVersion,
    String jdkVersion,
    String vmName,
    String vmVersion,
    String threads,
    String warmup,
    String measurement) {}
