using Accounts.Tests.Mail;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Secrets;

/// <summary>Passwords that others keep for us are replaced as docs/production.md says: there, then in the file that holds it, then the nodes one after the other.</summary>
[Trait("Pace", "long")]
public sealed class CredentialRotationTests(Postgres postgres) : IDisposable
{
    private const string Next = "the-next-secret";

    private readonly DirectoryInfo secrets = Directory.CreateTempSubdirectory("accounts-secrets-");

    private (string, string) SecretsFolder => ("Accounts:SecretsFolder", secrets.FullName);

    [Fact]
    public async Task CF_02_The_SMTP_password_is_replaced_node_by_node_and_no_mail_is_lost_even_where_the_old_one_ends_at_once()
    {
        using var authority = new CertificateAuthority();
        await using var sink = await StartSinkAsync(authority.Issue("localhost"));
        await WriteAsync(sink.Safely("accounts:first@"));
        (string, string)[] settings = [SecretsFolder, ("SSL_CERT_FILE", authority.RootFile)];
        var database = await postgres.CreateDatabaseAsync();
        await using var nodes = await RollingNodes.StartAsync(database, settings);
        await sink.WaitAsync(await nodes[0].RegisterAsync());
        await sink.ChangeLoginAsync("accounts", Next);
        var addresses = new List<string> { await nodes[0].RegisterAsync(), await nodes[1].RegisterAsync() };
        await WriteAsync(sink.Safely($"accounts:{Next}@"));
        await nodes.ReplaceAsync(database, settings);
        addresses.Add(await nodes[1].RegisterAsync());
        await nodes.AssertNobodyNoticedAsync(nodes[0].Database);
        await ArrivedOnceAsync(sink, nodes[0].Database, addresses);
    }

    private static Task<MailSink> StartSinkAsync(ServerCertificate certificate) =>
        MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "first" });

    private static async Task ArrivedOnceAsync(MailSink sink, TestDatabase database, List<string> addresses)
    {
        await Until.TrueAsync(async () => await database.CountAsync("outbox_messages", "state <> 'sent'") == 0, "all mails are sent", TimeSpan.FromMinutes(1));
        foreach (var address in addresses)
        {
            Assert.Single(await sink.ToAsync(address));
        }
    }

    [Fact]
    public async Task CF_02_A_providers_client_secret_is_replaced_node_by_node_and_sign_in_through_it_never_fails()
    {
        await using var provider = await ProviderDouble.StartAsync();
        var database = await postgres.CreateDatabaseAsync();
        await using var nodes = await RollingNodes.StartAsync(database, [.. provider.Settings, SecretsFolder]);
        var identity = Identity.OfGitHub();
        await SignInAtBothAsync(nodes, provider, identity);
        provider.Secrets[Next] = true;
        await WriteAsync(("Accounts:Social:GitHub:ClientSecret", Next));
        using var underWay = nodes[0].Client();
        var (code, state) = await underWay.BeginAsync(provider, identity);
        await nodes.ReplaceAsync(database, [.. provider.Settings, SecretsFolder]);
        Assert.True(provider.Secrets.TryRemove(ProviderDouble.ClientSecret, out _));
        await RedeemAsync(underWay, nodes[1], code, state);
        await SignInAtBothAsync(nodes, provider, identity);
        await nodes.AssertNobodyNoticedAsync(nodes[0].Database);
        Assert.Equal(1, await nodes[0].Database.CountAsync("social_accounts"));
    }

    private static async Task SignInAtBothAsync(RollingNodes nodes, ProviderDouble provider, Identity identity)
    {
        for (var node = 0; node < 2; node++)
        {
            using var client = nodes[node].Client();
            var (code, state) = await client.BeginAsync(provider, identity);
            await RedeemAsync(client, nodes[node], code, state);
        }
    }

    private static async Task RedeemAsync(ApiClient client, ServerProcess node, string code, string state)
    {
        client.Address = node.Address;
        var answer = await client.PostAsync("/api/auth/social/github/", new { code, state });
        Assert.True(answer.Status == 200, answer.ToString());
    }

    private Task WriteAsync((string Key, string Value) setting) =>
        File.WriteAllTextAsync(Path.Combine(secrets.FullName, setting.Key.Replace(":", "__", StringComparison.Ordinal)), $"{setting.Value}\n");

    public void Dispose() => secrets.Delete(recursive: true);
}
