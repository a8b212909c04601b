package bellwether;

class SqliteAskedContactsTest extends AskedContacts {
    @Override
    void store(House house) {
        // the shipped one
    }
}
