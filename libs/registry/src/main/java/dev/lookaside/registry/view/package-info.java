/**
 * What any registry tells: which endpoints each service has, and how far to trust that. Start at
 * {@link dev.lookaside.registry.view.RegistrySource}.
 */
@NullMarked
package dev.lookaside.registry.view;

import org.jspecify.annotations.NullMarked;
