/** Results as text, CSV and charts. Start at {@link Campaign} and {@link TextReport}. */
@NullMarked
package dev.lookaside.simulator.report;

import org.jspecify.annotations.NullMarked;
