/** The network of the machine that runs the test. Start at {@link FreePorts}. */
@NullMarked
package dev.lookaside.testing.net;

import org.jspecify.annotations.NullMarked;
