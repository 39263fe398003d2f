/**
 * Endpoints as Kubernetes knows them, without a registration: EndpointSlices, listed and watched.
 * Start at {@link dev.lookaside.registry.kubernetes.KubernetesSource}.
 */
@NullMarked
package dev.lookaside.registry.kubernetes;

import org.jspecify.annotations.NullMarked;
