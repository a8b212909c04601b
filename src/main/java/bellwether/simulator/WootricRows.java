package bellwether.simulator;

import bellwether.simulator.Company.EndUser;

/** The two lists of a company as the tool shows them, made when they are asked for. */
final class WootricRows {
    private WootricRows() {}

    static Rows responses(Company company) {
        return new Live(company) {
            @Override
            public int size() {
                return company.responseCount();
            }

            @Override
            public long created(int i) {
                return company.created(i);
            }

            @Override
            public long updated(int i) {
                return company.response(i).updated().getEpochSecond();
            }

            @Override
            public int id(int i) {
                return Company.responseId(i);
            }

            @Override
            public boolean hidden(int i) {
                return company.deleted(i);
            }

            @Override
            public boolean someHidden() {
                return company.someDeleted();
            }

            @Override
            public byte[] row(int i) {
                return WootricJson.row(company.response(i));
            }
        };
    }

    static Rows endUsers(Company company) {
        return new Live(company) {
            @Override
            public int size() {
                return company.endUserCount();
            }

            @Override
            public long created(int i) {
                return company.endUser(i).created().getEpochSecond();
            }

            @Override
            public long updated(int i) {
                return company.endUser(i).updated().getEpochSecond();
            }

            @Override
            public int id(int i) {
                return Company.endUserId(i);
            }

            @Override
            public String email(int i) {
                EndUser user = company.endUser(i);
                return user.email() == null ? "" : user.email().toLowerCase(java.util.Locale.ROOT);
            }

            @Override
            public boolean hidden(int i) {
                return company.endUser(i).deleted();
            }

            @Override
            public boolean someHidden() {
                return true;
            }

            @Override
            public byte[] row(int i) {
                return WootricJson.row(company.endUser(i));
            }
        };
    }

    private abstract static class Live implements Rows {
        private final Company company;

        Live(Company company) {
            this.company = company;
        }

        @Override
        public String email(int i) {
            return "";
        }

        @Override
        public boolean hidden(int i) {
            return false;
        }

        @Override
        public boolean someHidden() {
            return false;
        }

        @Override
        public byte[] slice(int from, int to) {
            return null;
        }

        @Override
        public long version() {
            return company.version();
        }
    }
}
