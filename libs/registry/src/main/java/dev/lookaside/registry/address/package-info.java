/**
 * Which addresses a registry may send clients to. Start at {@link
 * dev.lookaside.registry.address.AddressRules}.
 */
@NullMarked
package dev.lookaside.registry.address;

import org.jspecify.annotations.NullMarked;
