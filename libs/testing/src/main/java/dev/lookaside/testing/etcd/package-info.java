/**
 * Gives tests the most real etcd there is: a process, else a container, else a fallback from the
 * class path. Start at {@link EtcdExtension}.
 */
@NullMarked
package dev.lookaside.testing.etcd;

import org.jspecify.annotations.NullMarked;
