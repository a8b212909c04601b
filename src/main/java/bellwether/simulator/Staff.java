package bellwether.simulator;

import bellwether.simulator.Company.Account;
import bellwether.simulator.Company.Contact;
import java.util.HashMap;
import java.util.Map;

/** Fills an org with what its people entered before anybody connected to it. */
final class Staff {
    private Staff() {}

    static void hire(Org org) {
        ObjectType user = org.schema.type("User");
        org.load(
                user,
                Org.INTEGRATION_USER,
                Map.of("Name", "Integration User", "Email", "integration@company.test"),
                Org.INTEGRATION_USER,
                java.time.Instant.EPOCH);
        for (int i = 0; i < People.OWNERS.size(); i++) {
            Map<String, Object> fields =
                    Map.of("Name", Words.FIRST.get(i) + " " + Words.LAST.get(i), "Email", "csm" + i + "@company.test");
            org.load(user, People.OWNERS.get(i), fields, People.OWNERS.get(0), java.time.Instant.EPOCH);
        }
    }

    static void load(Org org, Company company) {
        accounts(org, company);
        for (int i = 0; i < company.contactCount(); i++) {
            load(org, company.contact(i));
        }
        company.onContact(contact -> {
            synchronized (org) {
                load(org, contact);
            }
        });
    }

    static void accounts(Org org, Company company) {
        for (int i = 0; i < company.accountCount(); i++) {
            Account account = company.account(i);
            org.load(org.schema.type("Account"), account.id(), fields(account), account.ownerId(), account.created());
        }
    }

    /** The contact as a record that no org holds. */
    static Row row(Org org, Contact contact) {
        return org.unkept(
                org.schema.type("Contact"), contact.id(), fields(contact), contact.ownerId(), contact.created());
    }

    static Map<String, Object> fields(Account account) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("Name", account.name());
        fields.put("OwnerId", account.ownerId());
        fields.put("AnnualRevenue", account.annualRevenue());
        fields.put("Segment__c", account.segment());
        fields.put("BillingCountry", account.country());
        fields.put("Plan__c", account.plan());
        fields.put(
                "ContractEnd__c",
                account.renewal() == null ? null : account.renewal().toString());
        fields.put("Churned__c", account.churned());
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }

    static Map<String, Object> fields(Contact contact) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("FirstName", contact.firstName());
        fields.put("LastName", contact.lastName());
        fields.put("Email", contact.email());
        fields.put("Title", contact.title());
        fields.put("Department", contact.department());
        fields.put("AccountId", contact.accountId());
        fields.put("OwnerId", contact.ownerId());
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }

    private static void load(Org org, Contact contact) {
        org.load(org.schema.type("Contact"), contact.id(), fields(contact), contact.ownerId(), contact.created());
    }
}
