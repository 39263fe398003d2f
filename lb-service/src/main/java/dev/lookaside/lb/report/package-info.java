/** Takes the Report RPC's outcomes. Start at {@link OutcomeReports}. */
@NullMarked
package dev.lookaside.lb.report;

import org.jspecify.annotations.NullMarked;
