/** What the user types and reads: one class for each command. Start at {@link TaskCommand}. */
@NullMarked
package dev.lookaside.client.cli;

import org.jspecify.annotations.NullMarked;
