/**
 * Endpoints in etcd: registration that heals and a watch that repairs itself. Here is what both
 * share: where etcd is, and which addresses are good. Start at {@link
 * dev.lookaside.registry.registrar.Registrar} and {@link
 * dev.lookaside.registry.watch.RegistryWatch}.
 */
@NullMarked
package dev.lookaside.registry;

import org.jspecify.annotations.NullMarked;
