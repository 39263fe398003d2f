/**
 * How workers make themselves known in etcd and how balancers see them. Start at {@link Registrar}
 * for the one, {@link RegistryWatch} for the other.
 */
@NullMarked
package dev.lookaside.registry;

import org.jspecify.annotations.NullMarked;
