using Accounts.Tests.Social;
using Accounts.Tests.Support;

namespace Accounts.Tests.Providers;

/// <summary>Believes the generic provider's addresses.</summary>
public sealed class TrustingServer(Postgres postgres) : SocialServer(postgres, ("Accounts:Social:Oidc:Oidc:TrustEmail", "true"));
