// The phone's side of the window: clear of bars and keyboard, no pictures of it, letters as large as the app says; and whether the
// network counts what goes over it.
package vn.sotay.dangvien

import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.os.Bundle
import android.system.Os
import android.view.View
import android.view.WindowManager
import android.webkit.WebView
import androidx.activity.enableEdgeToEdge
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat

class MainActivity : TauriActivity() {
  override fun onCreate(savedInstanceState: Bundle?) {
    // Before Rust starts: src-tauri/src/scale.rs begins from the text size of the phone.
    Os.setenv("SOTAY_SCALE", resources.configuration.fontScale.toString(), true)
    // Neither screenshots nor the list of recent apps show a page of the book.
    window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    keepClear(findViewById(android.R.id.content))
    tellOfNetworks()
  }

  // Back needs nothing here: Tauri steps back in the page's history, and each move in the page is an entry of it.

  override fun onWebViewCreate(webView: WebView) {
    // The page has its own text size. Multiplied by the phone's, 200 % would become 400 %.
    webView.settings.textZoom = 100
    // What is typed is not offered to other apps that keep and fill in forms.
    webView.importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS
  }

  // src-tauri/src/network.rs
  private external fun unmetered(unmetered: Boolean)

  // Once the library is there, which super.onCreate sees to: now, and whenever the phone changes to another network.
  private fun tellOfNetworks() {
    val networks = getSystemService(ConnectivityManager::class.java) ?: return
    unmetered(!networks.isActiveNetworkMetered)
    networks.registerDefaultNetworkCallback(heard)
  }

  private val heard = object : ConnectivityManager.NetworkCallback() {
    override fun onCapabilitiesChanged(network: Network, can: NetworkCapabilities) =
      unmetered(can.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED))

    override fun onLost(network: Network) = unmetered(false)
  }

  // Else each new activity would hear beside the old ones, and keep them.
  override fun onDestroy() {
    getSystemService(ConnectivityManager::class.java)?.unregisterNetworkCallback(heard)
    super.onDestroy()
  }

  // The page cannot learn of the keyboard by itself (tauri 7868, 10631, 11475), so its frame yields instead.
  private fun keepClear(frame: View) {
    ViewCompat.setOnApplyWindowInsetsListener(frame) { view, insets ->
      val taken = insets.getInsets(
        WindowInsetsCompat.Type.systemBars() or WindowInsetsCompat.Type.displayCutout() or WindowInsetsCompat.Type.ime(),
      )
      view.setPadding(taken.left, taken.top, taken.right, taken.bottom)
      WindowInsetsCompat.CONSUMED
    }
  }
}
