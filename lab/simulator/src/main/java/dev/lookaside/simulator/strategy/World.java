package dev.lookaside.simulator.strategy;

import dev.lookaside.simulator.engine.Agenda;
import dev.lookaside.simulator.engine.Streams;
import dev.lookaside.simulator.fleet.Fleet;
import dev.lookaside.simulator.scenario.Scenario;

/** What a strategy may be made from; only references look at the fleet itself. */
public record World(Scenario scenario, Agenda agenda, Fleet fleet, Streams streams) {}
