/**
 * What to simulate, as read from a YAML file. Start at {@link Scenario}, and at {@link
 * ScenarioFile} for how it is read.
 */
@NullMarked
package dev.lookaside.simulator.scenario;

import org.jspecify.annotations.NullMarked;
