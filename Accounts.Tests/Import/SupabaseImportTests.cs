using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>Supabase's <c>auth.users</c> and <c>auth.identities</c>, in a database and as a file.</summary>
public sealed class SupabaseImportTests(Postgres postgres) : IAsyncLifetime
{
    public const string Schema = """
        CREATE SCHEMA auth;
        CREATE TABLE auth.users (id uuid PRIMARY KEY, aud text, role text, email text, encrypted_password text, email_confirmed_at timestamptz, banned_until timestamptz, deleted_at timestamptz,
          created_at timestamptz, last_sign_in_at timestamptz, raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin boolean, is_anonymous boolean DEFAULT false, is_sso_user boolean NOT NULL DEFAULT false);
        CREATE TABLE auth.identities (provider_id text, user_id uuid REFERENCES auth.users, identity_data jsonb, provider text, created_at timestamptz DEFAULT now(), PRIMARY KEY (provider_id, provider));
        INSERT INTO auth.users (id, role, email, encrypted_password, email_confirmed_at, banned_until, deleted_at, created_at, raw_app_meta_data, raw_user_meta_data) VALUES
          ('00000000-0000-0000-0000-000000000001', 'authenticated', 'ann@example.test', '$2a$06$f1g9K.39VEAsTi2bMURWLOMPRgugNZGc3MMYdCCEVH9.jl5OYQ0YW', now(), NULL, NULL, '2024-01-02 03:04:05+01',
           '{"provider": "email", "providers": ["email", "github"], "role": "editor"}', '{"full_name": "Ann Lee", "role": "admin", "roles": ["admin"]}'),
          ('00000000-0000-0000-0000-000000000002', 'authenticated', 'bob@example.test', '', NULL, 'infinity', NULL, now(), '{}', NULL),
          ('00000000-0000-0000-0000-000000000003', 'authenticated', 'cid@example.test', NULL, now(), now() - interval '1 day', NULL, now(), '{}', '{}'),
          ('00000000-0000-0000-0000-000000000004', 'authenticated', 'dan@example.test', NULL, now(), NULL, now(), now(), '{}', '{}'),
          ('00000000-0000-0000-0000-000000000005', 'authenticated', NULL, NULL, NULL, NULL, NULL, now(), '{}', '{}');
        INSERT INTO auth.identities (provider_id, user_id, identity_data, provider) VALUES
          ('1', '00000000-0000-0000-0000-000000000001', '{"sub": "1", "email": "ann@example.test"}', 'email'),
          ('4711', '00000000-0000-0000-0000-000000000001', '{"sub": "4711", "email": "ann@example.test", "email_verified": true}', 'github')
        """;

    private TestServer server = null!;
    private TestDatabase there = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        there = new TestDatabase(await postgres.CreateDatabaseAsync());
        await there.ExecuteAsync(Schema);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task<string> DumpAsync() => there.ScalarAsync<string>("SELECT (SELECT string_agg(u::text, ';') FROM auth.users u) || (SELECT string_agg(i::text, ';') FROM auth.identities i)");

    private static string Id(int n) => $"00000000-0000-0000-0000-00000000000{n}";

    private async Task AssertComeAsync(ImportTold told)
    {
        Assert.StartsWith("created: Is called annlee", told[Id(1)], StringComparison.Ordinal);
        Assert.StartsWith("created: Is called bob", told[Id(2)], StringComparison.Ordinal);
        Assert.StartsWith("created", told[Id(3)], StringComparison.Ordinal);
        Assert.DoesNotContain(told.Rows, row => row.Id == Id(4));
        Assert.Equal("conflict: It has no e-mail address, and every user here has one.", told[Id(5)]);
        // What people write into their own metadata gives no role.
        Assert.Equal(1, await server.Database.UsersOfAsync(Id(1), "email_verified AND roles = '{editor}' AND first_name = 'Ann Lee' AND date_joined = '2024-01-02 02:04:05Z' AND is_active"));
        Assert.Equal(1, await server.Database.UsersOfAsync(Id(2), "NOT is_active AND NOT email_verified AND password_hash IS NULL"));
        Assert.Equal(1, await server.Database.UsersOfAsync(Id(3), "is_active"));
        using var client = server.Client();
        Assert.Equal(200, (await client.LoginAsync(new Person("", "ann@example.test", ImportSteps.OldPassword))).Status);
    }

    [Fact]
    public async Task Its_database_is_read_by_a_cursor_and_never_written()
    {
        var before = await DumpAsync();
        var told = ImportTold.Of(await server.CommandAsync("import", "supabase", "--database", there.ConnectionString, "--roles", "editor=editor,admin=admin"));
        await AssertComeAsync(told);
        Assert.Equal(1, await server.Database.UsersOfAsync(Id(1), "ways = '{password,github}'"));
        Assert.Equal(1, await server.Database.CountAsync("social_accounts", "provider = 'github' AND issuer = '' AND provider_uid = '4711' AND email_verified"));
        Assert.Equal(before, await DumpAsync());
        await there.ExecuteAsync("UPDATE auth.users SET is_sso_user = true WHERE email = 'cid@example.test'");
        Assert.Equal("conflict: Signs in by SSO there, and is left out: SSO does not come over.", ImportTold.Of(await server.CommandAsync("import", "supabase", "--database", there.ConnectionString))[Id(3)]);
        // As it was before 2023.
        await there.ExecuteAsync("ALTER TABLE auth.users DROP COLUMN is_sso_user");
        Assert.Equal("unchanged", ImportTold.Of(await server.CommandAsync("import", "supabase", "--database", there.ConnectionString))[Id(3)]);
    }

    [Fact]
    public async Task The_table_as_a_CSV_file_will_do()
    {
        using var file = new TemporaryFile("");
        await using (var connection = new NpgsqlConnection(there.ConnectionString))
        {
            await connection.OpenAsync();
            using var copy = await connection.BeginTextExportAsync("COPY auth.users TO STDOUT (FORMAT csv, HEADER)");
            await File.WriteAllTextAsync(file.Path, await copy.ReadToEndAsync());
        }
        await AssertComeAsync(ImportTold.Of(await server.CommandAsync("import", "supabase", file.Path, "--roles", "editor=editor,admin=admin")));
    }

    [Fact]
    public async Task A_database_that_is_away_or_another_is_told_without_its_password()
    {
        var away = await server.CommandAsync("import", "supabase", "--database", "postgres://ann:se%2Fcret@localhost:1/x");
        Assert.Equal(1, away.ExitCode);
        Assert.StartsWith("PostgreSQL at localhost, x, cannot be read: ", away.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", away.Errors, StringComparison.Ordinal);
        var other = await server.CommandAsync("import", "supabase", "--database", server.Database.ConnectionString);
        Assert.Contains("auth.users", other.Errors, StringComparison.Ordinal);
    }
}
