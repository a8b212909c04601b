package bellwether.simulator;

import static bellwether.simulator.Field.Type.BOOLEAN;
import static bellwether.simulator.Field.Type.CURRENCY;
import static bellwether.simulator.Field.Type.DATE;
import static bellwether.simulator.Field.Type.DATETIME;
import static bellwether.simulator.Field.Type.EMAIL;
import static bellwether.simulator.Field.Type.STRING;
import static bellwether.simulator.Field.Type.TEXTAREA;
import static bellwether.simulator.Field.number;
import static bellwether.simulator.Field.pick;
import static bellwether.simulator.Field.plain;
import static bellwether.simulator.Field.reference;
import static bellwether.simulator.Field.text;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The objects and fields of the simulated org: the standard ones needed and the custom ones an admin creates for NPS. */
final class Schema {
    private static final int LONG_TEXT = 32_768;

    private final Map<String, ObjectType> types = new LinkedHashMap<>();

    Schema() {
        put(new ObjectType("Account", "001", true)
                .add(
                        text("Name", STRING, 255).mandatory(),
                        reference("OwnerId", "User"),
                        reference("MasterRecordId", "Account").readOnly())
                .add(new Field("AnnualRevenue", CURRENCY, 0, 18, 0, true, false, false, java.util.List.of(), null))
                .add(text("BillingCountry", STRING, 80), text("Segment__c", STRING, 40), text("Plan__c", STRING, 40))
                .add(plain("ContractEnd__c", DATE), plain("Churned__c", BOOLEAN)));
        put(new ObjectType("Contact", "003", true)
                .add(
                        text("FirstName", STRING, 40),
                        text("LastName", STRING, 80).mandatory(),
                        text("Name", STRING, 121).readOnly())
                .add(text("Email", EMAIL, 80), text("Title", STRING, 128), text("Department", STRING, 80))
                .add(reference("AccountId", "Account"))
                .add(
                        reference("OwnerId", "User"),
                        reference("MasterRecordId", "Contact").readOnly()));
        put(new ObjectType("NPS_Response__c", "a0X", true)
                .add(
                        text("Name", STRING, 80).readOnly(),
                        text("Response_Id__c", STRING, 80).key())
                .add(reference("Contact__c", "Contact"), reference("Account__c", "Account"))
                .add(number("Score__c", 18, 0), categories("Category__c"), number("NPS_Factor__c", 18, 0))
                .add(
                        text("Comment__c", TEXTAREA, LONG_TEXT),
                        plain("Answered_At__c", DATETIME),
                        text("Survey__c", STRING, 255))
                .add(
                        text("Source__c", STRING, 80),
                        text("Metric__c", STRING, 20),
                        plain("Counted__c", BOOLEAN),
                        plain("Backfilled__c", BOOLEAN)));
        put(new ObjectType("NPS_Signal__c", "a0Y", true)
                .add(
                        text("Name", STRING, 80).readOnly(),
                        text("Signal_Id__c", STRING, 80).key(),
                        text("Rule__c", STRING, 80))
                .add(
                        pick("Kind__c", "Warning", "Milestone", "Transition"),
                        text("Value__c", STRING, 80),
                        text("Reason__c", STRING, 255))
                .add(
                        reference("Contact__c", "Contact"),
                        reference("Account__c", "Account"),
                        reference("Response__c", "NPS_Response__c"))
                .add(plain("Occurred_At__c", DATETIME)));
        put(new ObjectType("Task", "00T", false)
                .add(text("Subject", STRING, 255), text("Description", TEXTAREA, 32_000), plain("ActivityDate", DATE))
                .add(
                        pick("Status", "Not Started", "In Progress", "Completed"),
                        pick("Priority", "High", "Normal", "Low"))
                .add(reference("WhoId", "Contact"), reference("WhatId", "Account"), reference("OwnerId", "User")));
        put(new ObjectType("User", "005", false)
                .add(
                        text("Name", STRING, 121).readOnly(),
                        text("Email", EMAIL, 128).readOnly()));
        contactFields(type("Contact"));
        accountFields("");
        signalFields(type("Account"));
    }

    /** The object, or null. */
    ObjectType type(String name) {
        return name == null ? null : types.get(name.toLowerCase(Locale.ROOT));
    }

    Collection<ObjectType> types() {
        return types.values();
    }

    void remove(String name) {
        types.remove(name.toLowerCase(Locale.ROOT));
    }

    /** Adds the account's NPS fields once more with a suffix before {@code __c}, for another window. */
    void accountFields(String suffix) {
        String end = suffix + "__c";
        ObjectType account = type("Account");
        for (String count : new String[] {"Promoters", "Passives", "Detractors", "Responses"}) {
            account.add(number("NPS_" + count + end, 18, 0));
        }
        account.add(
                number("NPS" + (suffix.isEmpty() ? "" : suffix) + "__c", 4, 1), number("NPS_Interval_Low" + end, 4, 1));
        account.add(
                number("NPS_Interval_High" + end, 4, 1),
                pick("NPS_Sample" + end, "Sufficient", "Indicative", "No responses"));
        account.add(
                pick("NPS_Health" + end, "Good", "Average", "Poor", "Unknown"),
                text("NPS_Health_Reason" + end, STRING, 255));
        account.add(
                text("NPS_Sources" + end, STRING, 255),
                text("NPS_Window" + end, STRING, 80),
                plain("NPS_Last_Synced" + end, DATETIME));
    }

    private static void signalFields(ObjectType account) {
        for (String health : new String[] {"NPS_Service_Health", "NPS_Composite_Health"}) {
            account.add(
                    pick(health + "__c", "Good", "Average", "Poor", "Unknown"),
                    text(health + "_Reason__c", STRING, 255));
        }
        account.add(
                number("NPS_Health_Score__c", 4, 1),
                number("NPS_Health_Completeness__c", 3, 0),
                number("NPS_Sponsor__c", 4, 1),
                number("NPS_User__c", 4, 1),
                number("NPS_Sponsor_User_Gap__c", 4, 1),
                pick("NPS_Sponsor_User_Gap_Sample__c", "Sufficient", "Indicative", "No responses"),
                plain("NPS_Falling__c", BOOLEAN));
        warningFields(account);
    }

    private static void warningFields(ObjectType type) {
        type.add(
                text("NPS_Warning__c", STRING, 80),
                text("NPS_Warning_Reason__c", STRING, 255),
                plain("NPS_Warning_Date__c", DATETIME));
    }

    private static void contactFields(ObjectType contact) {
        contact.add(number("NPS_Score__c", 18, 0), categories("NPS_Category__c"), plain("NPS_Date__c", DATETIME));
        contact.add(
                text("NPS_Comment__c", TEXTAREA, LONG_TEXT),
                number("NPS_Previous_Score__c", 18, 0),
                number("NPS_Change__c", 18, 0),
                text("NPS_Category_Change__c", STRING, 40));
        warningFields(contact);
        contact.add(
                number("NPS_Responses__c", 18, 0),
                text("NPS_Source__c", STRING, 255),
                plain("NPS_Last_Surveyed__c", DATETIME),
                plain("NPS_Do_Not_Survey_Until__c", DATETIME),
                text("NPS_Excluded_Reason__c", STRING, 255),
                plain("NPS_Last_Synced__c", DATETIME));
    }

    private static Field categories(String name) {
        return pick(name, "Promoter", "Passive", "Detractor");
    }

    private void put(ObjectType type) {
        types.put(type.name.toLowerCase(Locale.ROOT), type);
    }
}
