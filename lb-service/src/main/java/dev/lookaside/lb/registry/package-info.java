/**
 * The balancer and the registry: what it reads there ({@link RegistryFeed}, the start), and its own
 * entry beside those of the other balancers ({@link SelfRegistration}).
 */
@NullMarked
package dev.lookaside.lb.registry;

import org.jspecify.annotations.NullMarked;
