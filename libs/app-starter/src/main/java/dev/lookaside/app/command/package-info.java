/**
 * An application as a command: its flags, {@code --help} and {@code --version}. Start at {@link
 * dev.lookaside.app.command.CommandLineApplication}.
 */
@NullMarked
package dev.lookaside.app.command;

import org.jspecify.annotations.NullMarked;
