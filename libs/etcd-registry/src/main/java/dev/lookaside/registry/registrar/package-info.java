/** Keeps one registration in etcd. Start at {@link dev.lookaside.registry.registrar.Registrar}. */
@NullMarked
package dev.lookaside.registry.registrar;

import org.jspecify.annotations.NullMarked;
