package dev.lookaside.simulator.scenario;

/**
 * A scenario at one value of its sweep.
 *
 * @param parameter what is swept, or empty
 * @param value what it is here, or empty
 */
public record ScenarioPoint(String parameter, String value, Scenario scenario) {}
