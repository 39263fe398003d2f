/**
 * One task from the pick to the report, over a list of balancers and any number of workers; free of
 * Spring. Start at {@link TaskClient} and {@link TaskCall}.
 */
@NullMarked
package dev.lookaside.client.task;

import org.jspecify.annotations.NullMarked;
