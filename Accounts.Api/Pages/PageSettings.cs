using System.Text.Json;
using Accounts.Core.EmailCodes;
using Accounts.Core.Registration;
using Accounts.Core.SignIn;
using Accounts.Core.TrustedDevices;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Pages;

/// <summary>What scripts of pages have to know of how the server is set, as JSON: none of it is a secret, for who tries finds it out.</summary>
public sealed class PageSettings(
    IOptions<RegistrationOptions> registration, IOptions<SignInOptions> signIn, IOptions<EmailCodesOptions> codes, IOptions<TrustedDeviceOptions> devices, FieldRules rules)
{
    public string Json { get; } = JsonSerializer.Serialize(
        new PageSettingsJson(
            registration.Value.Open, registration.Value.HideExistingAccounts, signIn.Value.RequireVerifiedEmail, codes.Value.Enabled, codes.Value.SignUp && registration.Value.Open,
            devices.Value.TrustDays, rules.Username, rules.Password, rules.Extra, rules.Languages, rules.RestoreDays),
        PageJson.Default.PageSettingsJson);
}
