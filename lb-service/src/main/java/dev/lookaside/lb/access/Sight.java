package dev.lookaside.lb.access;

import dev.lookaside.security.rights.LiveGrant;
import dev.lookaside.security.rights.Role;
import java.util.Set;

/** What one caller is shown, by the policy of the moment: it may change while the caller looks. */
public sealed interface Sight {
  Sight EVERYTHING = new Everything();

  /** Whether the caller may see this service. */
  boolean covers(String service);

  /** Whether there is nothing that the caller may not see. */
  boolean coversAll();

  /** Whether the caller is an operator still. */
  boolean isOfAnOperator();

  /** Where rights are not asked for. */
  record Everything() implements Sight {
    @Override
    public boolean covers(String service) {
      return true;
    }

    @Override
    public boolean coversAll() {
      return true;
    }

    @Override
    public boolean isOfAnOperator() {
      return true;
    }
  }

  /** Where they are. */
  record ByRights(LiveGrant caller) implements Sight {
    @Override
    public boolean covers(String service) {
      return caller.now().rights().cover(service);
    }

    @Override
    public boolean coversAll() {
      return caller.now().rights().coverAll();
    }

    @Override
    public boolean isOfAnOperator() {
      return caller.now().refusal(Set.of(Role.OPERATOR), "to look").isEmpty();
    }
  }
}
