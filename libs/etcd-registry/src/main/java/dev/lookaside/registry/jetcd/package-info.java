/**
 * The stores over jetcd: the only package that knows etcd's client, gRPC and Netty. Start at {@link
 * dev.lookaside.registry.jetcd.JetcdStore}.
 */
@NullMarked
package dev.lookaside.registry.jetcd;

import org.jspecify.annotations.NullMarked;
