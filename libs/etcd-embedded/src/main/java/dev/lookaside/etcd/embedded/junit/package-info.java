/**
 * Gives tests the most real etcd there is: a process, else a container, else the embedded one.
 * Start at {@link EtcdExtension}.
 */
@NullMarked
package dev.lookaside.etcd.embedded.junit;

import org.jspecify.annotations.NullMarked;
