/**
 * A subset of etcd v3 inside the JVM, in memory and for one machine. Start at {@link EmbeddedEtcd}.
 */
@NullMarked
package dev.lookaside.etcd.embedded;

import org.jspecify.annotations.NullMarked;
