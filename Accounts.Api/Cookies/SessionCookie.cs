using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Cookies;

/// <summary>The cookie that holds the session token, in session mode. Not <c>session</c>, which is Flask's own: cookies ignore ports.</summary>
public sealed class SessionCookie(IOptions<SiteOptions> site, IOptions<SessionOptions> options) : SignedInCookie("accounts_session", site, options);
