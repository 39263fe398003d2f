/** Feeds what the registry says into the balancer. Start at {@link RegistryFeed}. */
@NullMarked
package dev.lookaside.lb.registry;

import org.jspecify.annotations.NullMarked;
