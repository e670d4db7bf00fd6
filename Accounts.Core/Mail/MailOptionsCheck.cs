using Accounts.Core.Settings;
using Accounts.Core.Texts;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

internal sealed class MailOptionsCheck(IOptions<TextsOptions> texts) : SettingsCheck<MailOptions>
{
    protected override IEnumerable<string> Mistakes(MailOptions options)
    {
        if (options.From.Length > 0 && !SenderAddress.TryParse(options.From, out _))
        {
            yield return $"Accounts__Mail__From is \"{options.From}\": write an address, or Name <address>; a name with special characters in quotes, \"Name: x\" <address>.";
        }
        foreach (var (name, url) in Links(options).Where(link => link.Url.Length > 0 && !IsLink(link.Url)))
        {
            yield return $"Accounts__Mail__{name} is \"{url}\": write an absolute address that contains {{token}}, for example https://app.example.com/mailed#token={{token}}.";
        }
        if (options.ForgotUrl.Length > 0 && !IsAddress(options.ForgotUrl))
        {
            yield return $"Accounts__Mail__ForgotUrl is \"{options.ForgotUrl}\": write an absolute address, for example https://app.example.com/forgot-password.";
        }
        if (options.SmtpUrl.Length > 0 && SmtpServer.TryParse(options.SmtpUrl, out _) is { } mistake)
        {
            yield return $"Accounts__Mail__SmtpUrl {mistake}";
        }
        if (options.Lanes is < 1 or > 64)
        {
            yield return $"Accounts__Mail__Lanes is {options.Lanes}: choose 1 to 64.";
        }
        if (options.TemplatesFolder.Length > 0)
        {
            foreach (var problem in OwnTemplates.Problems(options.TemplatesFolder, new Languages(texts.Value)))
            {
                yield return $"Accounts__Mail__TemplatesFolder: {problem}";
            }
        }
    }

    /// <summary>The settings that a mail's token is put into.</summary>
    private static (string Name, string Url)[] Links(MailOptions options) =>
    [
        ("VerifyUrl", options.VerifyUrl), ("ResetUrl", options.ResetUrl), ("ChangeUrl", options.ChangeUrl), ("CodeUrl", options.CodeUrl), ("InviteUrl", options.InviteUrl),
        ("SecurityUrl", options.SecurityUrl), ("RecoverUrl", options.RecoverUrl), ("EndSessionUrl", options.EndSessionUrl), ("EraseUrl", options.EraseUrl), ("AddressUrl", options.AddressUrl),
    ];

    private static bool IsLink(string url) => url.Contains("{token}", StringComparison.Ordinal)
        && IsAddress(url.Replace("{token}", "x", StringComparison.Ordinal).Replace("{email}", "x", StringComparison.Ordinal));

    /// <summary>Of any scheme, for apps have their own; but a path alone counts as absolute on Unix, where it is a file.</summary>
    private static bool IsAddress(string url) => Uri.TryCreate(url, UriKind.Absolute, out var link) && !link.IsFile;
}

/// <summary>What the SMTP sender needs, and another would not.</summary>
internal sealed class SmtpCheck : SettingsCheck<MailOptions>
{
    protected override IEnumerable<string> Mistakes(MailOptions options)
    {
        if (options.SmtpUrl.Length == 0)
        {
            yield return
                "Accounts__Mail__SmtpUrl is not set: mail goes to a server, for example smtp://user:password@mail.example.com:587 or smtps://user:password@mail.example.com:465.";
        }
    }
}
