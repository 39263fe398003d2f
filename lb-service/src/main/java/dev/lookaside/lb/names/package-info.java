/**
 * Where the names of hosts lead, for clients that look up none. Start at {@link
 * dev.lookaside.lb.names.HostTable}.
 */
@NullMarked
package dev.lookaside.lb.names;

import org.jspecify.annotations.NullMarked;
