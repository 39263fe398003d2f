/** What the chart renders. Start at {@link dev.lookaside.deploy.ChartTest}. */
@NullMarked
package dev.lookaside.deploy;

import org.jspecify.annotations.NullMarked;
