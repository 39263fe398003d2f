/**
 * The whole system as users run it: real jars as processes of their own, real etcd, faults under
 * load. Start at {@link dev.lookaside.client.e2e.Cluster}.
 */
@NullMarked
package dev.lookaside.client.e2e;

import org.jspecify.annotations.NullMarked;
