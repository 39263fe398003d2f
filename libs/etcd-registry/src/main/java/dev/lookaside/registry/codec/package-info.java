/**
 * Endpoints as keys and values in etcd. Start at {@link
 * dev.lookaside.registry.codec.EndpointCodec}.
 */
@NullMarked
package dev.lookaside.registry.codec;

import org.jspecify.annotations.NullMarked;
