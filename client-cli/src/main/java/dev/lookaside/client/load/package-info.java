/** Many tasks from many clients, and what became of them. Start at {@link LoadRun}. */
@NullMarked
package dev.lookaside.client.load;

import org.jspecify.annotations.NullMarked;
