using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Core;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Outbox;
using Accounts.Core.Registration;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Texts;
using Accounts.Core.Users;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>A mail has what its text asks for in every language, or is not even queued.</summary>
public sealed partial class MailRecordTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Type[] Records =
        [.. typeof(OutgoingMail).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OutgoingMail)) && !type.IsAbstract)];

    private static readonly Dictionary<string, string> PinnedNames = new()
    {
        ["account_claimed"] = "address device reset username when",
        ["account_deleted"] = "address device link not_me until username when",
        ["account_exists"] = "link reset username",
        ["account_reclaimed"] = "address device provider username when",
        ["account_restored"] = "address device link username when",
        ["account_recovered"] = "address device kept username when",
        ["more_changes"] = "link username",
        ["new_account_code"] = "address code device link username valid_for when",
        ["new_device"] = "address device link not_me username when",
        ["address_changed"] = "address device link new_email username when",
        ["address_wanted"] = "address device username when",
        ["confirm_address"] = "link username valid_for",
        ["passkey_added"] = "address device link passkey username when",
        ["passkey_removed"] = "address device link passkey username when",
        ["factor_added"] = "address device factor link username when",
        ["factor_removed"] = "address device factor link username when",
        ["factor_reset_asked"] = "effective_at username",
        ["factor_reset_cancelled"] = "address device username when",
        ["factors_reset"] = "username",
        ["personal_token_made"] = "address device link roles until username when",
        ["recovery_codes_made"] = "address device link username when",
        ["second_factor_locked"] = "address device username when",
        ["password_changed"] = "address connected device link username when",
        ["recover_account"] = "link username valid_for",
        ["reset_password"] = "code link username valid_for",
        ["refreshed_elsewhere"] = "address device link username when",
        ["session_reused"] = "address device link username when",
        ["sign_in_code"] = "address code device link username valid_for when",
        ["sign_in_wanted"] = "address device link provider username valid_for when",
        ["sign_up_code"] = "link provider username valid_for",
        ["signed_in_after_failures"] = "address device username when",
        ["social_account_connected"] = "address device link provider username when",
        ["social_account_disconnected"] = "address device link provider username when",
        ["social_account_kept"] = "provider username",
        ["social_account_withdrawn"] = "link provider reset username ways",
        ["account_made"] = "link username valid_for",
        ["invitation"] = "link until username",
        ["account_removed"] = "until username",
        ["administrator_made"] = "username",
        ["password_wanted"] = "link username valid_for",
        ["password_outdated"] = "link username valid_for",
        ["enrolment_code"] = "address code device username valid_for when",
        ["reauthentication_code"] = "address code device username valid_for when",
        ["social_link_code"] = "address code device provider username valid_for when",
        ["verify_email"] = "code link username valid_for",
    };

    public static TheoryData<Type> Mails() => [.. Records];

    [Theory, MemberData(nameof(Mails))]
    public void A_mail_asks_in_every_language_for_its_members_and_for_nothing_else(Type mail)
    {
        string[] expected = [.. mail.GetProperties().Select(member => Words(member.Name, '_')), .. mail.IsSubclassOf(typeof(StrangerMail)) ? [] : new[] { "username" }];
        var templates = shared.Server.Services.GetRequiredService<MailTemplates>();
        foreach (var language in shared.Server.Services.GetRequiredService<Languages>().All)
        {
            var asked = templates.Lacking(Words(mail.Name[..^"Mail".Length], '_'), new Dictionary<string, string> { ["locale"] = language.Tag });
            Assert.Equal(expected.Order(StringComparer.Ordinal), asked);
        }
    }

    [Fact]
    public void Every_text_of_a_mail_is_a_mails()
    {
        string[] kinds = [.. Records.Select(mail => Words(mail.Name[..^"Mail".Length], '-')), "common"];
        var texts = shared.Server.Services.GetRequiredService<Languages>().Default.Below("mails").Select(text => text.Key).ToArray();
        Assert.Equal(kinds.Order(StringComparer.Ordinal), texts.Select(key => key.Split('.')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(texts.Where(key => !key.StartsWith("common.", StringComparison.Ordinal)).Select(key => key.Split('.')[1]).Except(["subject", "preview", "text", "none"]));
    }

    [Fact]
    public void A_mail_that_lacks_what_its_template_asks_for_is_refused_when_it_is_queued()
    {
        using var scope = shared.Server.Services.CreateScope();
        var refused = Assert.Throws<InvalidOperationException>(() => Queue(scope, new SessionReusedMail("https://app.example.com")));
        Assert.Equal("SessionReusedMail lacks address, device, when, which its template asks for.", refused.Message);
        Assert.Throws<InvalidOperationException>(() => Queue(scope, new AccountExistsMail("https://app.example.com", null!)));
        Assert.Empty(scope.ServiceProvider.GetRequiredService<AccountsDb>().ChangeTracker.Entries());
    }

    [Fact]
    public void What_is_stored_of_a_mail_is_an_object_of_texts_that_every_version_reads() => Assert.Equal(
        """{"link":"https://app.example.com","code":"123456","valid_for":"24 hours","username":"somebody","locale":"en"}""",
        Stored(new VerifyEmailMail("https://app.example.com", "123456", TimeSpan.FromHours(24))));

    /// <summary>
    /// By these a version to come finds the values of what is queued, and an operator's templates theirs. New ones are added,
    /// and none is changed or taken out.
    /// </summary>
    [Theory, MemberData(nameof(Mails))]
    public void The_names_in_a_queued_mail_stay_the_same(Type mail)
    {
        using var stored = JsonDocument.Parse(Stored(Filled(mail)));
        var names = stored.RootElement.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);
        Assert.Equal(PinnedNames[Words(mail.Name[..^"Mail".Length], '_')], string.Join(' ', names.Except(["locale"])));
    }

    [Fact]
    public void A_mail_does_not_show_its_links_in_a_log() =>
        Assert.Equal("VerifyEmailMail", $"{new VerifyEmailMail("https://app.example.com/#token=secret", "123456", TimeSpan.FromHours(24))}");

    private static void Queue(IServiceScope scope, OutgoingMail mail)
    {
        Assert.True(EmailAddress.TryParse("somebody@example.com", out var address));
        scope.ServiceProvider.GetRequiredService<MailQueue>().Add(mail, User.Register(new Username("somebody"), address!, "", "", DateTimeOffset.UtcNow));
    }

    /// <summary>What of a mail lies in the outbox, opened.</summary>
    private string Stored(OutgoingMail mail)
    {
        using var scope = shared.Server.Services.CreateScope();
        Queue(scope, mail);
        var message = Assert.Single(scope.ServiceProvider.GetRequiredService<AccountsDb>().ChangeTracker.Entries<OutboxMessage>()).Entity;
        Assert.Equal(Words(mail.GetType().Name[..^"Mail".Length], '_'), message.Template);
        return Encoding.UTF8.GetString(message.Open(scope.ServiceProvider.GetRequiredService<SecretBox>()));
    }

    private static OutgoingMail Filled(Type type)
    {
        var mail = (OutgoingMail)RuntimeHelpers.GetUninitializedObject(type);
        foreach (var member in type.GetProperties())
        {
            member.DeclaringType!.GetProperty(member.Name)!.SetValue(mail, Sample(member.PropertyType));
        }
        return mail;
    }

    private static object Sample(Type type) => type == typeof(string) ? "x"
        : type == typeof(string[]) ? new[] { "x" }
        : type == typeof(DeviceName) ? DeviceName.Of("curl/8")
        : Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type)!;

    private static string Words(string name, char between) => Capital().Replace(name, between + "$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
