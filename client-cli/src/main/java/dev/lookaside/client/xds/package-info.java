/**
 * Bootstrap files for clients that speak xDS: what each of gRPC's libraries reads. Start at {@link
 * dev.lookaside.client.xds.Bootstrap}.
 */
@NullMarked
package dev.lookaside.client.xds;

import org.jspecify.annotations.NullMarked;
