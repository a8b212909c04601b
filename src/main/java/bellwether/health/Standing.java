package bellwether.health;

import bellwether.store.Census;
import java.util.List;
import java.util.Map;

/** Whose answer it is, as a company sees it. */
enum Standing {
    /** Of a contact, or of an account, that is a customer. */
    CUSTOMER,
    /** Of an account that has left. */
    CHURNED,
    /** Nobody knows: neither contact nor account, or the account is gone from the directory. */
    UNMATCHED;

    /** Those of customers, and of accounts that have left where told so. */
    static List<Census.Given> customers(
            List<Census.Given> all, Map<Long, Census.Account> accounts, boolean includeChurned) {
        return all.stream()
                .filter(given -> {
                    Standing standing = of(given, accounts);
                    return standing == CUSTOMER || includeChurned && standing == CHURNED;
                })
                .toList();
    }

    static Standing of(Census.Given given, Map<Long, Census.Account> accounts) {
        if (given.account() == null) {
            return given.answer().contact() == null ? UNMATCHED : CUSTOMER;
        }
        Census.Account account = accounts.get(given.account());
        return account == null || account.deleted() ? UNMATCHED : account.churned() ? CHURNED : CUSTOMER;
    }
}
