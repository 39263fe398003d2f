/**
 * What operators decided of a service and its endpoints, whatever those say of themselves. Start at
 * {@link dev.lookaside.registry.control.ServiceControl}.
 */
@NullMarked
package dev.lookaside.registry.control;

import org.jspecify.annotations.NullMarked;
